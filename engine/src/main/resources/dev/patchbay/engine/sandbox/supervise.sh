# supervise DIRECTORY COMMAND... runs COMMAND and leaves its exit code in DIRECTORY, whether or not anyone waits.
# COMMAND is the first process in a new pid namespace, and when it ends the kernel allows no other: nothing here may
# start a process, before or after. Standard output is the starter's: handed to init as descriptor 3.
directory=$1
shift
read -r stat </proc/self/stat
echo "$stat" >"$directory/supervisor"
"$@" 3>&1 >>"$directory/log" 2>&1
code=$?
# Into the room that the file has already: a full disk takes no more.
printf '%-3s\n' "$code" 1<>"$directory/exit"
exit "$code"
