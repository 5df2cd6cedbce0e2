# Sourced by docker-host and podman-host: a real engine to compare Patchbay with, beside a small outside, as a Lab has
# one. Needs root.
#
# Whoever sources it defines `start DIR GROUP`, which starts the engine, waits until it answers and sets daemon, and
# `load DIR`, which makes the image httpd:2.4 of the tar on standard input. `engine_host SOCKET DIR [SUITE]` prints "ready" when
# the engine answers, and serves until its standard input ends, so that nothing is left when whoever started it is killed.
# A line "kill" or "stop" there ends the engine, "start" starts it again; each is answered. It has network, mount and
# process namespaces of its own: its interfaces, rules, images and mounts exist in there alone, and go when its first
# process does; its empty cgroups, those below `group`, are removed. Its one image is a busybox that answers
# "It works!" on port 80.
#
# With SUITE the engine is the one of that suite of Debian (build/suite), which sees cgroups of version 2 alone: `in_suite` are
# the words before its command, `seen` is DIR as it sees it, and `root` the suite's directory. All else on its host is this
# machine's.
set -euo pipefail

image() {
  local root=$1 file applet
  mkdir -p "$root"/{bin,www,tmp,etc,proc,sys,dev}
  # The dynamic busybox and the libraries it loads: busybox-static and busybox exclude each other.
  for file in $(ldd /bin/busybox | grep -o '/[^ ]*' || true); do
    install -D "$file" "$root$file"
  done
  cp /bin/busybox "$root/bin/busybox"
  for applet in sh httpd sleep cat kill hostname ip grep true false; do
    ln -s busybox "$root/bin/$applet"
  done
  echo '<html><body><h1>It works!</h1></body></html>' >"$root/www/index.html"
  # The shell ends on SIGTERM, which the first process of a container would otherwise not hear.
  cat >"$root/bin/httpd-foreground" <<'SCRIPT'
#!/bin/sh
trap 'exit 0' TERM
httpd -f -p 80 -h /www &
wait
SCRIPT
  chmod +x "$root/bin/httpd-foreground"
}

outside() {
  ip link set lo up
  ip netns add outside
  # Its link-local address is made of it: a picture shows the same one each time.
  ip link add eth0 address 02:42:c6:33:64:02 type veth peer name eth0 netns outside
  # Nobody else is on this wire, and an address that is tentative for its first seconds differs from itself later.
  echo 0 >/proc/sys/net/ipv6/conf/eth0/accept_dad
  ip address add 198.51.100.2/24 dev eth0
  ip address add 2001:db8::2/64 dev eth0 nodad
  ip link set eth0 up
  ip -n outside link set lo up
  ip -n outside address add 198.51.100.1/24 dev eth0
  ip -n outside address add 2001:db8::1/64 dev eth0 nodad
  ip -n outside link set eth0 up
  ip route add default via 198.51.100.1
  ip -6 route add default via 2001:db8::1
}

# The suite's files with this host's /run, /proc, /sys and /dev, and DIR as /engine. An engine's namespaces are mounts below
# /run, and have to be there for all of the host.
enter_suite() {
  mount --make-shared /run
  mount --bind "$root" "$root"
  umount -l /sys/fs/cgroup 2>/dev/null || true
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  local directory
  for directory in run proc sys dev; do
    mount --rbind "/$directory" "$root/$directory"
  done
  mount --bind "$1" "$root/engine"
  mount --bind /run/resolv.conf "$root/etc/resolv.conf"
  in_suite=(chroot "$root")
  seen=/engine
}

serve() {
  local dir=$1 group=$2 root=$3 seen=$1 in_suite=() daemon word
  mount -t tmpfs tmpfs /run
  mkdir -p /run/lock
  # Nobody answers names outside, and it says so at once: an image that is not there is soon refused.
  echo "nameserver 198.51.100.1" >/run/resolv.conf
  mount --bind /run/resolv.conf /etc/resolv.conf
  if [[ $root ]]; then enter_suite "$dir"; fi
  outside
  start "$dir" "$group"
  image /run/image
  tar -C /run/image -c . | load "$dir" >/dev/null
  echo ready
  while read -r word; do
    case $word in
    kill | stop)
      if [[ $word == kill ]]; then kill -KILL "$daemon"; else kill "$daemon"; fi
      wait "$daemon" || true
      echo "$word"
      ;;
    start)
      start "$dir" "$group"
      echo ready
      ;;
    esac
  done
  kill "$daemon" 2>/dev/null || true
  wait "$daemon" || true
}

remove_group() {
  find /sys/fs/cgroup -depth -type d -path "*$group*" -exec rmdir {} + 2>/dev/null || true
}

# Starts itself again in the namespaces.
engine_host() {
  socket=$1
  if [[ ${2:-} == --inside ]]; then
    serve "$3" "$4" "$5"
    return
  fi
  dir=$(realpath "${2:?directory}")
  root=
  if [[ ${3:-} ]] && ! root=$("$(dirname "$(readlink -f "$0")")/suite" path "$3"); then
    echo "Debian $3 is not unpacked: build/suite unpack $3" >&2
    exit 1
  fi
  shared=${group:+yes}
  group=${group:-/patchbay-${socket%.sock}-$$}
  # A group that several engines have is removed by the last of them: each other would lose the empty cgroup of a container
  # that it is about to start.
  if [[ $shared ]]; then
    exec 9</sys/fs/cgroup
    flock -s 9
  fi
  trap 'if [[ ! $shared ]] || flock -n 9; then remove_group; fi; rm -f "$dir/$socket"' EXIT
  unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private -- "$0" --inside "$dir" "$group" "$root"
}
