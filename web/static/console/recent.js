/** The entries that were opened last, in this browser. */

const STORED = "radce-console-recent";
const MOST = 8;

export function startRecent() {
  const shelf = document.getElementById("recent-shelf");
  const rows = read();
  if (!shelf || rows.length === 0) return;
  const language = document.documentElement.lang;
  const known = location.search;
  shelf.hidden = false;
  shelf.querySelector("ul").replaceChildren(
    ...rows.map((row) => {
      const link = document.createElement("a");
      link.href = `/console/entries/${encodeURIComponent(row.entry)}${known}`;
      link.textContent = row[language] ?? row.entry;
      const line = document.createElement("li");
      line.append(link);
      return line;
    }),
  );
}

/** Puts an entry that is opened before the others. */
export function remember(article) {
  const { entry, cs, en } = article.dataset;
  const rows = [{ entry, cs, en }, ...read().filter((row) => row.entry !== entry)].slice(0, MOST);
  try {
    localStorage.setItem(STORED, JSON.stringify(rows));
  } catch {
    // storage is blocked: nothing is remembered
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORED)) ?? [];
  } catch {
    return [];
  }
}
