# Finds a JDK and Maven; sourced by the programs beside it.

min_java=17
min_maven=3.8

# Major version of the Java in the directory $1, 0 when there is none.
java_major() {
    [ -x "$1/bin/java" ] || { echo 0; return; }
    version=
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    fi
    echo "${version:-0}"
}

# Directories where a JDK may be, the preferred first.
java_candidates() {
    if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME"; fi
    on_path=$(command -v java || true)
    if [ -n "$on_path" ]; then
        while [ -L "$on_path" ]; do
            target=$(readlink "$on_path")
            case $target in
                /*) on_path=$target ;;
                *) on_path=$(dirname "$on_path")/$target ;;
            esac
        done
        dirname "$(dirname "$on_path")"
    fi
    if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$min_java+" 2>/dev/null || true; fi
    for directory in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/.sdkman/candidates/java/current; do
        if [ -d "$directory" ]; then echo "$directory"; fi
    done
}

how_to_install() {
    cat >&2 <<END
  Debian, Ubuntu:  sudo apt-get install openjdk-17-jdk-headless maven
  Fedora:          sudo dnf install java-latest-openjdk-devel maven
  macOS:           brew install openjdk maven
END
}

# Sets java_home and java_version to a Java of at least $min_java that has the program bin/$1.
find_java() {
    while IFS= read -r directory; do
        version=$(java_major "$directory")
        if [ "$version" -ge "$min_java" ] && [ -x "$directory/bin/$1" ]; then
            java_home=$directory
            java_version=$version
            return
        fi
    done <<END
$(java_candidates)
END
    echo "tickcast: no JDK $min_java or newer found (looked at JAVA_HOME, PATH and the usual places)." >&2
    how_to_install
    exit 1
}

# Fails unless mvn is there and new enough.
require_maven() {
    if ! command -v mvn >/dev/null; then
        echo "tickcast: Maven $min_maven or newer is needed to build, and there is no mvn on the PATH." >&2
        how_to_install
        exit 1
    fi
    maven_version=$(JAVA_HOME=$java_home mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
    if [ "$(printf '%s\n%s\n' "$min_maven" "$maven_version" | sort -t . -k 1,1n -k 2,2n | head -n 1)" != "$min_maven" ]; then
        echo "tickcast: Maven $min_maven or newer is needed to build; mvn on the PATH is ${maven_version:-of an unknown version}." >&2
        how_to_install
        exit 1
    fi
}
