#!/bin/bash
# What a browser does, by curl: pages.sh choose LINK | sign-in ADDRESS | code ADDRESS COUNTER |
# upload ADDRESS BYTES. The password and the name are those of the trial alone.
set -euo pipefail
name=quan-tri password=mat-khau-cua-buoc-thu-2026 jar=/root/work/cookies

ask() { curl --silent --show-error --cookie "$jar" --cookie-jar "$jar" "$@"; }
# The words of the page that came instead.
words() { sed 's/<[^>]*>//g' /root/work/page | grep -v '^ *$' | tail -n 8; }
origin() { grep -oE '^https?://[^/]+' <<<"$1"; }

case "$1" in
choose)
  rm -f "$jar"
  ask --fail --output /dev/null "$2"
  status=$(ask --header "Origin: $(origin "$2")" --output /root/work/page --write-out '%{http_code}' \
    --data-urlencode "password=$password" --data-urlencode "again=$password" "$2")
  [ "$status" = 303 ] || { words; echo "the password was not taken: $status"; exit 1; }
  ;;
sign-in)
  rm -f "$jar"
  told=$(ask --header "Origin: $2" --output /root/work/page --write-out '%{http_code} %{redirect_url}' \
    --data "name=$name&next=" --data-urlencode "password=$password" "$2/sign-in")
  case "$told" in
  "303 "*/sign-in*) echo "led back: $told"; exit 1 ;;
  "303 $2"/*) ;;
  *) words; echo "not signed in: $told"; exit 1 ;;
  esac
  # Only an administrator opens this page.
  ask --fail --output /dev/null "$2/admin/tablets"
  ;;
upload)
  csrf=$(ask --fail "$2/admin/departments/upload" | grep -oE 'name="csrf" value="[^"]*"' | head -n 1 | sed 's/.*value="//; s/"$//')
  head -c "$3" /dev/zero >/root/work/large
  # A proxy may stop listening after its answer; the answer counts.
  ask --header "Origin: $2" --header 'Expect:' --output /root/work/page --write-out '%{http_code}\n' --max-time 30 \
    --form "csrf=$csrf" --form 'file=@/root/work/large;filename=co-quan.csv' "$2/admin/departments/upload" || true
  rm /root/work/large
  ;;
code)
  page=$(ask --fail "$2/admin/tablets/new")
  field() { grep -oE "name=\"$1\" value=\"[^\"]*\"" <<<"$page" | head -n 1 | sed 's/.*value="//; s/"$//; s/&quot;/"/g; s/&#34;/"/g; s/&amp;/\&/g'; }
  page=$(ask --fail-with-body --header "Origin: $2" --data-urlencode "csrf=$(field csrf)" \
    --data-urlencode "was=$(field was)" --data "counter=$3" --data "stage=" --data "confirmed=yes" "$2/admin/tablets/new")
  grep -oE 'hai-long://enrol[^<]*' <<<"$page" | sed 's/&amp;/\&/g; s/&#38;/\&/g' ||
    { echo "$page" | sed 's/<[^>]*>//g' | grep -v '^ *$' | tail -n 40; exit 1; }
  ;;
esac
