# Sourced by the scripts beside it: bash, current directory is the root of the tree.

version() {
  sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml
}

timestamp() {
  sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml
}
