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
    echo "Patchbay needs a JDK 25 or newer and found none. Install one (for example Temurin 25, https://adoptium.net)" \
      "or set JDK25_HOME to its directory." >&2
    exit 2
  fi
  JAVA_HOME=$patchbay_found
fi
export JAVA_HOME
unset patchbay_found patchbay_jdk patchbay_key patchbay_value
