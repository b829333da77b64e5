# Sourced. Finding a JDK that can build and run Homeport.

# The release of the JDK in a directory; nothing if there is none.
jdk_release() { [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null; }

# find_jdk: sets and exports JAVA_HOME, if there is a JDK 25 or later in it or where distributions put them.
find_jdk() {
  local jdk release
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/local/lib/jvm/*; do
    release=$(jdk_release "$jdk")
    if [ "${release:-0}" -ge 25 ]; then
      export JAVA_HOME=$jdk
      return 0
    fi
  done
  return 1
}
