#!/bin/sh
# Installs nginx for the tests of the proxy where there is none: Debian's, as root, without starting it.
# Failing is no error: the tests say that they have no nginx.

PATH="$PATH:/usr/sbin:/sbin" command -v nginx >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing nginx for the tests of the proxy ..."
  # A run level in which no service is started.
  { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light openssl; } >/dev/null 2>&1 && exit 0
fi
echo "nginx could not be installed: the tests of the proxy have none."
