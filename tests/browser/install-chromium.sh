#!/bin/sh
# Installs Chromium for the browser tests where there is none: Debian's as root, else Playwright's own.
# Failing is no error: the tests say that they have no browser.

for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
own='from playwright.sync_api import sync_playwright as p
with p() as playwright: print(playwright.chromium.executable_path)'
[ -x "$(python -c "$own" 2>/dev/null)" ] && exit 0

echo "Installing Chromium for the browser tests ..."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 && exit 0
else
  python -m playwright install chromium >/dev/null 2>&1 && exit 0
fi
echo "Chromium could not be installed: the browser tests have no browser."
