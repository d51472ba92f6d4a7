# A bare Debian 12 that boots with systemd in a container without a network, and how it is spoken to.
# shellcheck shell=bash

# What the trial needs on this machine.
trial_tools() {
  local missing=() tool
  for tool in debootstrap:debootstrap systemd-nspawn:systemd-container nsenter:util-linux mkfs.vfat:dosfstools espeak-ng:espeak-ng; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The sources of Debian 12 that this machine itself uses, one line each.
apt_sources() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  {
    cat /etc/apt/sources.list 2>/dev/null || true
    local file
    for file in /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list; do
      [ -f "$file" ] || continue
      case "$file" in
      *.list) cat "$file" ;;
      *) awk '
          function flush() { for (i in us) for (j in ss) if (us[i] != "" && ss[j] != "") print "deb " us[i] " " ss[j] " main"; delete us; delete ss }
          /^URIs:/ { sub(/^URIs: */, ""); split($0, us, " ") }
          /^Suites:/ { sub(/^Suites: */, ""); split($0, ss, " ") }
          /^$/ { flush() }
          END { flush() }' "$file" ;;
      esac
    done
  } | awk -v keyring="$keyring" '
      $1 == "deb" { at = 2; if ($2 ~ /^\[/) { while ($at !~ /\]$/) at++; at++ }
        if ($(at + 1) ~ /^bookworm(-updates|-security)?$/) print "deb [signed-by=" keyring "] " $at " " $(at + 1) " main" }' |
    sort -u
}

# Makes the bare system once and keeps it as a tar, with the packages that the trial installs later
# lying in apt's cache: the booted machine has no network.
bare_system() { # tar, packages that are downloaded…
  local tar=$1 sources mirror
  shift
  [ -f "$tar" ] && return
  sources=$(apt_sources)
  mirror=$(awk '$4 == "bookworm" { print $3; exit }' <<<"$sources")
  [ -n "$mirror" ] || { echo "packaging/try found no source of bookworm in /etc/apt" >&2; exit 1; }
  echo "making a bare Debian 12 (once; kept in $tar)"
  rm -rf "$place/base" "$place"/bookworm-*.tar
  debootstrap --variant=minbase --include=systemd-sysv,dbus,iproute2,curl,openssl bookworm \
    "$place/base" "$mirror" >"$place/debootstrap.log" 2>&1 ||
    { tail -n 5 "$place/debootstrap.log" >&2; exit 1; }
  echo "$sources" >"$place/base/etc/apt/sources.list"
  apt-config dump | grep -i '^Acquire::.*proxy' >"$place/base/etc/apt/apt.conf.d/90host" || true
  cp "$packages"/*.deb "$place/base/tmp/"
  SYSTEMD_NSPAWN_TMPFS_TMP=0 systemd-nspawn --quiet --register=no --keep-unit --resolv-conf=copy-host -D "$place/base" \
    sh -c 'apt-get update -qq && apt-get install -y -qq --download-only /tmp/*.deb "$@" && rm /tmp/*.deb' sh "$@" \
    >"$place/download.log" 2>&1 || { tail -n 5 "$place/download.log" >&2; exit 1; }
  rm -f "$place/base/etc/machine-id"
  # apt-get update leaves nothing here that a machine without a network would ask for anew.
  tar -C "$place/base" -cf "$tar.part" . && mv "$tar.part" "$tar"
  rm -rf "$place/base"
}

# Boots it; ends the trial with a sentence where that can not be done.
boot() {
  # What is written here need not outlive a power cut.
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/trial"
  # There is no network to wait for.
  ln -sf /dev/null "$root/etc/systemd/system/systemd-networkd-wait-online.service"
  systemd-nspawn --quiet --boot --register=no --keep-unit --private-network --resolv-conf=off \
    -D "$root" --machine=hai-long-try >"$place/console.log" 2>&1 </dev/null &
  nspawn=$!
  local tries state=
  for tries in $(seq 120); do
    leader=$(pgrep -P "$nspawn" -x systemd || true)
    if [ -n "$leader" ]; then
      state=$(nsenter -t "$leader" -a /bin/systemctl is-system-running 2>/dev/null || true)
      case "$state" in running | degraded) return ;; esac
    fi
    kill -0 "$nspawn" 2>/dev/null || break
    sleep 0.5
  done
  tail -n 15 "$place/console.log" >&2
  echo "packaging/try: systemd does not boot in a container on this machine (state: ${state:-none}); it needs root and systemd-nspawn" >&2
  exit 1
}

shut_down() {
  [ -n "${nspawn:-}" ] && kill "$nspawn" 2>/dev/null && wait "$nspawn" 2>/dev/null
  nspawn=
}

# Runs a command in the booted machine, as root, as after a fresh login.
inside() {
  nsenter -t "$leader" -a /usr/bin/env -i HOME=/root TERM=dumb DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /bin/sh -c 'cd /root/work && exec "$@"' sh "$@"
}

# The same for a piece of bash. Without pipefail: `… | grep -q` ends as soon as it has found.
script() { inside /bin/bash -eu -c "$1"; }

# What the trial prepares, and nobody has to read.
quietly() { script "$1" >"$place/out" 2>&1 || { cat "$place/out" >&2; fail "the trial itself failed at: $1"; }; }

# Runs a block of the document, word by word; NAME=VALUE puts values in the place of what the
# reader is told to replace.
run() { # id [NAME=VALUE…]
  local id=$1 text word begun=$SECONDS
  [ -f "$place/blocks/run/$id" ] || fail "no block of the documents is named $id"
  text=$(cat "$place/blocks/run/$id")
  shift
  for word in "$@"; do text=${text//${word%%=*}/${word#*=}}; done
  printf '%s\n' "--- $id" "$text" "---" >>"$place/log"
  if ! script "$text" >"$place/out" 2>&1; then
    cat "$place/out" >&2
    fail "the block $id of the documents does not do what it says"
    return
  fi
  cat "$place/out" >>"$place/log"
  touch "$place/blocks/run/$id.done"
  echo "  ok  $id ($((SECONDS - begun)) s)"
}

# Writes a file of the document where it belongs.
write() { # id
  local path mode
  read -r path mode <"$place/blocks/file/$1.target" || fail "no file of the documents is named $1"
  mkdir -p "$root$(dirname "$path")"
  # What is there keeps its owner and mode, as in an editor.
  if [ -f "$root$path" ]; then cat "$place/blocks/file/$1" >"$root$path"
  else install -m "$mode" "$place/blocks/file/$1" "$root$path"; fi
  touch "$place/blocks/file/$1.done"
  echo "  ok  wrote $path"
}

fail() {
  echo "packaging/try: $*" >&2
  if [ -n "${leader:-}" ]; then
    inside journalctl --no-pager -n 25 -u hai-long -u hai-long-backup >&2 2>/dev/null || true
  fi
  failed=$((failed + 1))
  [ "$all" = yes ] || exit 1
}

# Says what is checked, and fails where the command does.
check() { # sentence, bash
  if ! script "$2" >"$place/out" 2>&1; then
    cat "$place/out" >&2
    fail "not so: $1"
    return
  fi
  cat "$place/out" >>"$place/log"
  echo "  ok  $1"
}

# The same for what comes true within so many seconds.
soon() { # seconds, sentence, bash
  local until=$((SECONDS + $1))
  while ! script "$3" >"$place/out" 2>&1; do
    [ "$SECONDS" -lt "$until" ] || { cat "$place/out" >&2; fail "not so within $1 s: $2"; return; }
    sleep 0.5
  done
  echo "  ok  $2"
}
