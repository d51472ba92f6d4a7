# The way of docs/tablet.md: a kiosk on a bare Debian, its first frame, its rating, its stick.
# shellcheck shell=bash

step_tablet() {
  run tablet-install
  grep -q 'tablet-app enrol' "$place/out" || fail "the package does not name the next step"
  check "the units are right by systemd" "systemd-analyze verify --man=no hai-long-kiosk.service hai-long-stick@sdz1.service 2>&1 | tee verify; [ ! -s verify ]"
  check "the menu's entry is right" 'grep -q "^Exec=tablet-app" /usr/share/applications/hai-long-tablet.desktop && [ -f /usr/share/icons/hicolor/256x256/apps/hai-long.png ]'
  run tablet-authority
  run tablet-enrol "CODE=$code"
  check "root's status says whose data it looked at and makes nothing" '
    ! tablet-app status 2>said
    grep -q "runuser -u kiosk" said && [ ! -e /root/.local/share/hai-long-tablet ]'
  # Everything of the real unit but the screen: there is no console and no graphics card in here.
  quietly '
    mkdir -p /etc/systemd/system/hai-long-kiosk.service.d
    printf "[Service]\nTTYPath=\nTTYReset=no\nTTYVHangup=no\nStandardInput=null\nUtmpIdentifier=\nEnvironment=WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman LIBGL_ALWAYS_SOFTWARE=1\n" \
      >/etc/systemd/system/hai-long-kiosk.service.d/trial.conf
    systemctl daemon-reload'
  run tablet-kiosk
  soon 60 "the kiosk's first frame is on the screen" 'journalctl -t hai-long-kiosk -o cat | grep -q "the first frame is laid out"'
  check "no line of the kiosk has signs of colours" '! journalctl -t hai-long-kiosk -o cat | grep -q "$(printf "\033")"'
  check "its status can be read while it runs" '
    runuser -u kiosk -- tablet-app status | grep -q "\"counter\": \"Q01\""'
  quietly "sed -i 's/^CAGE_OPTIONS=.*/CAGE_OPTIONS=-r/' /etc/default/hai-long-tablet"
  run tablet-move
  soon 60 "it starts again with the server's address" '
    [ "$(journalctl -t hai-long-kiosk -o cat | grep -c "the first frame is laid out")" -ge 2 ]'
  check "the picture turns as /etc/default says" "tr '\\0' ' ' </proc/\$(systemctl show --value -p MainPID hai-long-kiosk)/cmdline | grep -q -- ' -r '"
  check "of the kiosk that was stopped nothing runs on" '
    sleep 3
    for program in cage tablet-app; do
      [ "$(cat /proc/[0-9]*/comm 2>/dev/null | grep -cx $program)" = 1 ]
    done'
  # On a slow machine the program outlives its compositor by a moment; here it is held for three seconds.
  check "a kiosk that was stopped has let go of its journal" '
    tablet=$(grep -lx tablet-app /proc/[0-9]*/comm)
    tablet=${tablet#/proc/} tablet=${tablet%/comm}
    kill -STOP "$tablet"
    (sleep 3; kill -CONT "$tablet") &
    systemctl stop hai-long-kiosk
    flock --nonblock ~kiosk/.local/share/hai-long-tablet/journal.lock true'
  check "a rating of the kiosk's user arrives" '
    runuser -u kiosk -- tablet-app simulate --level satisfied --deliver-s 20
    curl -sf https://hai-long.example.gov.vn/health
    [ "$(runuser -u kiosk -- tablet-app status | sed -n "s/.*\"pending\": //p")" = 0, ]'
}

# A stick with a label, as udev would announce it; the machine's own disks are left alone. A booted
# container may not mount, so this is a plain root of the same system.
step_stick() {
  local image=$place/stick.img device kind
  for kind in vfat ext4; do
    modprobe "$kind" 2>/dev/null || true
    # Kernels of build machines often have no FAT; a kernel without ext4 would not run this.
    if [ "$kind" = vfat ] && ! grep -qw vfat /proc/filesystems; then
      echo "  not tried: a stick with FAT, which the kernel of this machine does not know"
      continue
    fi
    rm -f "$image"
    truncate -s 40M "$image"
    if [ "$kind" = vfat ]; then PATH=$PATH:/sbin:/usr/sbin mkfs.vfat -n 'USB QUAY' "$image" >/dev/null
    else PATH=$PATH:/sbin:/usr/sbin mkfs.ext4 -q -L USBQUAY "$image"; fi
    device=$(losetup --find --show "$image")
    unshare --mount --propagation private /bin/bash -euc '
      mount --bind "$1" "$1"; mount --rbind /dev "$1/dev"; mount -t proc proc "$1/proc"; mount -t tmpfs tmpfs "$1/run"
      chroot "$1" /bin/bash -euc "
        /usr/lib/hai-long-tablet/stick mount $2
        runuser -u kiosk -- /bin/sh -c \"echo thu >/media/USBQUAY/thu.hljournal\"
        grep -q \" /media/USBQUAY .*nosuid.*\" /proc/self/mounts
        /usr/lib/hai-long-tablet/stick mount $2 | grep -q \"left alone\"
        /usr/lib/hai-long-tablet/stick unmount $2
        [ ! -e /media/USBQUAY ]"' bash "$root" "${device#/dev/}" >"$place/out" 2>&1 ||
      { cat "$place/out" >&2; fail "a stick with $kind is not mounted for the kiosk"; }
    # It may have gone with its last mount.
    losetup --detach "$device" 2>/dev/null || true
    echo "  ok  a stick with $kind is mounted at its name, written by the kiosk, and let go"
  done
  rm -f "$image"
}
