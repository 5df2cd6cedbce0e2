# Sourced, POSIX sh. Exports JAVA_HOME as a JDK 25 or newer, or says what is missing and ends the caller.
# JAVA_HOME is kept when it is new enough; otherwise the first fit of $JDK25_HOME and the usual places wins.

# True when $1 is the home of a JDK (not only a JRE) of version 25 or newer.
patchbay_is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r patchbay_key patchbay_value; do
    [ "$patchbay_key" = JAVA_VERSION ] || continue
    patchbay_value=${patchbay_value#\"}
    patchbay_value=${patchbay_value%%[!0-9]*}
    [ "${patchbay_value:-0}" -ge 25 ]
    return
  done <"$1/release"
  return 1
}

# Prints the one command that gets a JDK 25 here: from the distribution where it has one (Debian 12 and Ubuntu 22.04 have
# none), otherwise Temurin into a directory that is looked in, which needs no root.
patchbay_jdk_command() {
  if LC_ALL=C apt-cache policy openjdk-25-jdk-headless 2>/dev/null | grep -q 'Candidate: [0-9]'; then
    [ "$(id -u)" -eq 0 ] || printf 'sudo '
    echo "apt-get install openjdk-25-jdk-headless"
    return
  fi
  case $(uname -m) in
    x86_64) patchbay_jdk=x64 ;;
    *) patchbay_jdk=$(uname -m) ;;
  esac
  echo "mkdir -p ~/.jdks && curl -fsSL https://api.adoptium.net/v3/binary/latest/25/ga/linux/$patchbay_jdk/jdk/hotspot/normal/eclipse | tar -xzC ~/.jdks"
}

if ! patchbay_is_jdk25 "${JAVA_HOME:-}"; then
  patchbay_found=
  for patchbay_jdk in "${JDK25_HOME:-}" /usr/lib/jvm/* /opt/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
    if patchbay_is_jdk25 "$patchbay_jdk"; then
      patchbay_found=$patchbay_jdk
      break
    fi
  done
  if [ -z "$patchbay_found" ]; then
    echo "Patchbay needs a JDK 25 or newer and found none. This command gets one:" >&2
    echo "  $(patchbay_jdk_command)" >&2
    echo "If there is one elsewhere, set JDK25_HOME to its directory." >&2
    exit 2
  fi
  JAVA_HOME=$patchbay_found
fi
export JAVA_HOME
unset patchbay_found patchbay_jdk patchbay_key patchbay_value
