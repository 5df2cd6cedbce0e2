# Sourced by ./patchbay and ./verify: bash, current directory is the root of the tree.

# Debian packages, as installer/debian/control has them: of `a|b` either will do, and a is installed where neither is.

# What the engine, the helper's start and the sandboxes run.
PATCHBAY_TOOLS=(iproute2 util-linux iptables 'busybox|busybox-static' curl)
# What JavaFX loads: text everywhere; GTK, GL and X for a window on a screen.
PATCHBAY_TEXT=(libpangoft2-1.0-0 libfreetype6 fontconfig 'fonts-dejavu-core|fonts-dejavu')
PATCHBAY_WINDOW=("${PATCHBAY_TEXT[@]}" 'libgtk-3-0|libgtk-3-0t64' libgl1 libxtst6 libxxf86vm1)

# What the tests need besides: an X server, ps, and where it is sure to be tested against the real thing, Docker with its
# Compose, Podman, the firewalls that a person has beside them, a way to a far engine, and what unpacks later suites of Debian
# (build/suite). They are not installed on a person's machine, where their services would start. Compose 1.29 wants Python's distutils, which is in setuptools from
# Python 3.12 on.
PATCHBAY_TEST=(xvfb procps)
[[ ${CI:-} ]] && PATCHBAY_TEST+=(docker.io docker-compose python3-setuptools podman crun netavark openssl openssh-server
  firewalld ufw nftables dbus systemd network-manager debootstrap)

# Installs the Debian packages that are missing of those named: at once for root, else it says how and ends. Nothing is
# removed for them.
# On another distribution it only checks the commands.
need_packages() {
  local missing=() wanted package
  if ! command -v dpkg-query >/dev/null; then
    for package in ip unshare iptables busybox curl; do
      PATH=$PATH:/usr/sbin:/sbin command -v "$package" >/dev/null || missing+=("$package")
    done
    ((${#missing[@]} == 0)) && return
    echo "Patchbay needs these commands, please install them: ${missing[*]}" >&2
    exit 2
  fi

  local installed names
  read -ra names <<<"${*//|/ }"
  installed=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' "${names[@]}" 2>/dev/null || true)"
  for wanted in "$@"; do
    for package in ${wanted//|/ }; do
      [[ $installed == *" installed=$package "* ]] && continue 2
    done
    missing+=("${wanted%%|*}")
  done
  ((${#missing[@]} == 0)) && return

  if ((EUID != 0)); then
    echo "Patchbay needs some packages that are not installed. Please run:" >&2
    echo "  sudo apt-get install --no-remove ${missing[*]}" >&2
    exit 2
  fi
  echo "Installing ${missing[*]} ..." >&2
  install_packages "${missing[@]}" && return
  echo "apt-get could not install: ${missing[*]}" >&2
  exit 2
}

install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq --no-remove -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
  # The package lists may be missing (a fresh image) or old: try, fetch them, try again.
  "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null 2>&1 && return
  "${apt[@]}" update >&2 && "${apt[@]}" install -y --no-install-recommends "$@" >&2
}

PATCHBAY_DIST=app/target/dist
PATCHBAY_STAMP=$PATCHBAY_DIST/built

# True when nothing that goes into the build changed after the last one. Directories count: a deleted file
# changes its directory.
is_built() {
  [[ -e $PATCHBAY_STAMP ]] || return 1
  local inputs=(pom.xml .mvn) module
  for module in engine core app; do
    inputs+=("$module/pom.xml" "$module/src/main")
  done
  [[ -d assets ]] && inputs+=(assets)
  [[ -z $(find "${inputs[@]}" -newer "$PATCHBAY_STAMP" -print -quit) ]]
}

# Runs a build and stamps it with the time it began, so that a file saved meanwhile is built the next time.
# One build at a time: the lock is on the POM itself, which is always there.
with_stamp() {
  local began rc=0
  began=$(mktemp)
  "$@" || rc=$?
  ((rc == 0)) && [[ -d $PATCHBAY_DIST ]] && touch -r "$began" "$PATCHBAY_STAMP"
  rm -f "$began"
  return "$rc"
}

build_if_changed() {
  is_built && return
  {
    flock 9
    is_built && return # another start has built it while this one waited
    echo "Building Patchbay ..." >&2
    with_stamp ./mvnw -q -B -ntp -DskipTests package >&2 9<&-
  } 9<pom.xml
}
