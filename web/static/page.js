/** The page around the chat follows the language of the chat. */

window.radce?.addEventListener("language", ({ detail: { language } }) => {
  document.documentElement.lang = language;
  document.title = document.body.getAttribute(`data-title-${language}`);
  // A reload then asks for this language again.
  history.replaceState(null, "", `?language=${language}`);
});
