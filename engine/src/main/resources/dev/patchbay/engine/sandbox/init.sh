# init DIRECTORY HOSTNAME COMMAND... makes fresh mount, pid and uts namespaces a container, then becomes COMMAND.
# What a person wrote is only ever a word of "$@" or a line of a file, never part of this text.
set -e
directory=$1
hostname=$2
shift 2

# Until the next mount /proc is the host's, so this is the pid by which the starter knows this process.
read -r stat </proc/self/stat
echo "$stat" >"$directory/init"
mount -t proc proc /proc
mount -t sysfs sysfs /sys 2>/dev/null || :
mount -t tmpfs -o mode=755 tmpfs /run
busybox hostname "$hostname"

for file in hosts hostname resolv.conf; do
  target=/etc/$file
  if [ -L "$target" ]; then
    target=$(readlink -m "$target")
    case $target in
      /run/*) mkdir -p "${target%/*}" && : >"$target" ;;
    esac
  fi
  [ ! -e "$target" ] || mount --bind "$directory/$file" "$target"
done

# A line "=NAME=value" is a variable, "+more" continues the value before it on a new line, "<" asks for open input.
input=
while IFS= read -r line; do
  case $line in
    =*) set -- "${line#=}" "$@" ;;
    +*)
      value="$1
${line#+}"
      shift
      set -- "$value" "$@"
      ;;
    '<') input=open ;;
  esac
done <"$directory/environment"

if [ "$input" = open ]; then
  [ -p "$directory/stdin" ] || mkfifo "$directory/stdin"
  exec 0<>"$directory/stdin" # open at both ends: reading from it waits, and never meets an end
fi

cd /
umask 022
echo "$stat" >&3
exec 3>&-
exec env -i --default-signal -- "$@"
