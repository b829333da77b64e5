# Sourced. Starting Homeport quickly in guests, where a JVM that loads classes from folders and signed jars needs 18
# seconds. Everything in jars without signatures, and a cache of loaded classes (JEP 514), make that 8.

# quick_start_make DIRECTORY CLASS_PATH: makes DIRECTORY/homeport, a program like the launcher that neither looks nor
# builds. JAVA_HOME is a JDK 25. Made anew when the class path's file is younger.
quick_start_make() {
  local directory=$1 entry jar number=0 path='' options='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED'
  [ ! "$directory/homeport" -nt "$2" ] || return 0
  rm -rf "$directory"
  mkdir -p "$directory"
  while read -r entry; do
    jar=$directory/$((number++))-$(basename "${entry%/target/classes}" .jar).jar
    case $entry in
      */target/classes) "$JAVA_HOME/bin/jar" -c -0 -f "$jar" -C "$entry" . || return 1 ;;
      */org/bouncycastle/*) quick_start_unsigned "$entry" "$jar" || return 1 ;;
      *) jar=$entry ;;
    esac
    path+=${path:+:}$jar
  done < <(tr ':' '\n' < "$2")
  # The demonstration is the training: a home agent and a mobile node in one process. The cache is made as it ends.
  # shellcheck disable=SC2086 # a list of words
  if "$JAVA_HOME/bin/java" $options -XX:AOTCacheOutput="$directory/classes.aot" -cp "$path" \
    org.homeport.testbeds.cli.Main demo > "$directory/training.log" 2>&1 && [ -s "$directory/classes.aot" ]; then
    options+=" -XX:AOTCache=$directory/classes.aot"
  else
    echo "scenario: no cache of classes: the guests' JVMs start slowly ($directory/training.log)" >&2
  fi
  printf '#!/bin/sh\nexec "%s" %s -cp "%s" org.homeport.testbeds.cli.Main "$@"\n' "$JAVA_HOME/bin/java" "$options" "$path" > "$directory/homeport.new"
  chmod +x "$directory/homeport.new"
  mv "$directory/homeport.new" "$directory/homeport"
}

# quick_start_unsigned JAR COPY: a copy without signatures; classes of signed jars are not cached.
quick_start_unsigned() {
  local all=$2.all
  mkdir "$all"
  (cd "$all" && "$JAVA_HOME/bin/jar" -x -f "$1") || return 1
  rm -f "$all"/META-INF/*.SF "$all"/META-INF/*.RSA "$all"/META-INF/*.DSA "$all"/META-INF/*.EC
  # What follows the main section are digests of single files.
  sed -i '/^Name:/,$d' "$all/META-INF/MANIFEST.MF"
  "$JAVA_HOME/bin/jar" -c -0 -f "$2" -m "$all/META-INF/MANIFEST.MF" -C "$all" . || return 1
  rm -rf "$all"
}
