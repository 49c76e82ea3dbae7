# Shared by the scripts of this directory; sourced, never run.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
MIN_JDK=21

fail() {
	echo "$(basename "$0"): $*" >&2
	exit 1
}

# Prints the feature version of a JDK's home directory, 0 when there is none.
jdk_version() {
	local release version=""
	release="$1/release"
	if [[ -r $release && -x $1/bin/java ]]; then
		version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
	elif [[ -x $1/bin/java ]]; then
		version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
			sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
	fi
	echo "${version:-0}"
}

# Prints the home of the first JDK that is new enough: the chosen ones first, then those that lie about.
find_jdk() {
	local home on_path=""
	if command -v java >/dev/null; then
		on_path=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
	fi
	for home in "${JAVA_HOME:-}" "${JDK_HOME:-}" "$on_path" \
		/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* ~/.sdkman/candidates/java/* ~/.jdks/* ~/.local/share/mise/installs/java/* \
		~/.asdf/installs/java/* ~/.m2/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
		if [[ -n $home && -x $home/bin/java ]] && (($(jdk_version "$home") >= MIN_JDK)); then
			echo "$home"
			return
		fi
	done
	fail "no JDK $MIN_JDK or newer found; install one or set JAVA_HOME"
}

# Maven finds its own compiler through a toolchain; it only needs some Java to start.
maven() {
	command -v mvn >/dev/null || fail "mvn (Maven 3.8 or newer) is not on the PATH"
	if [[ -z ${JAVA_HOME:-} ]] && ! command -v java >/dev/null; then
		JAVA_HOME=$(find_jdk)
		export JAVA_HOME
	fi
	(cd "$ROOT" && mvn -B "$@")
}

# stale PRODUCT MODULE...: true when a product is missing or older than any source of the modules it is made of.
stale() {
	local product=$1 module sources=("$ROOT/pom.xml")
	shift
	[[ -e $product ]] || return 0
	for module in "$@"; do
		sources+=("$ROOT/$module/pom.xml")
		[[ -d $ROOT/$module/src/main ]] && sources+=("$ROOT/$module/src/main")
	done
	[[ -n $(find "${sources[@]}" -newer "$product" -print -quit) ]]
}

# build MODULE PHASE: builds a module and what it needs, quietly, without tests and checks.
build() {
	echo "Building $1 …" >&2
	maven -q -Pquick -pl "$1" -am -DskipTests "$2" >&2
}

# class_path MODULE: where the module's classes and their dependencies lie, after process-classes.
class_path() {
	echo "$ROOT/$1/target/classes:$(<"$ROOT/$1/target/class-path.txt")"
}

# train JDK JAR CACHE: writes a JVM's cache of what checking the demo application loads. Without it all goes on, slower.
train() {
	local jdk=$1 jar=$2 cache=$3
	[[ -w $(dirname "$cache") ]] || return 0
	echo "Preparing faster starts …" >&2
	"$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-XX:AOTCacheOutput=$cache.$$" -Xlog:disable -jar "$jar" \
		check "$ROOT/demo-app/src/main/resources/flin" >/dev/null 2>&1 || true
	[[ ! -e $cache.$$ ]] || mv "$cache.$$" "$cache"
}
