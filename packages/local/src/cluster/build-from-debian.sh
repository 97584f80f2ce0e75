#!/usr/bin/env bash
# Builds the control plane from Debian's own packages: etcd as Debian packages it, and from Debian's
# Kubernetes source kube-apiserver, kube-controller-manager, kube-scheduler and kubemark (the hollow node).
# Works as any user; touches nothing outside the folder that holds TARGET.
#
#   build-from-debian.sh TARGET        TARGET is an absolute path that must not exist yet
#
# Reports one line a step on standard output: "step <n>/<of> <what>". Ends with "error: <sentence>" on
# standard error when it cannot go on. TARGET appears in one rename when everything in it is complete,
# and a lock beside it keeps a second build waiting: it then finds TARGET and does nothing.
set -euo pipefail

readonly version=1.20.2                   # the newest version whose whole source Debian ships
readonly suite=bookworm                   # the release that has it, beside Go 1.19 and etcd
readonly needed_mb=5120                   # scratch (about 4 GB, mostly Go's build cache) and the result
readonly steps=9
readonly binaries='kube-apiserver kube-controller-manager kube-scheduler kubemark'

step=0
say() { step=$((step + 1)); printf 'step %d/%d %s\n' "$step" "$steps" "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

target=${1:?usage: build-from-debian.sh TARGET}
case $target in /*) ;; *) fail "the target must be an absolute path, not '$target'" ;; esac
for tool in apt-get dpkg tar sed grep xargs flock df; do
  command -v "$tool" >/dev/null || fail "this machine has no '$tool': building the control plane needs a Debian-based system"
done

parent=$(dirname "$target")
work=$parent/.building-$(basename "$target")
mkdir -p "$parent"
exec 9>"$parent/.lock-$(basename "$target")"
if ! flock --nonblock 9; then
  echo 'waiting for the build that another start has begun'
  flock 9
fi
[ ! -d "$target" ] || exit 0

# Only the holder of the lock gets here: what lies there is a killed build's. Go marks module folders read-only.
clean() { [ ! -e "$work" ] || { chmod -R u+w "$work" && rm -rf "$work"; }; }
clean
free_mb=$(df -Pm "$parent" | awk 'NR == 2 { print $4 }')
[ "$free_mb" -ge "$needed_mb" ] || fail "$parent has $free_mb MB free and the build needs $needed_mb MB: free some space, or set XDG_CACHE_HOME to a larger disk"
trap clean EXIT
mkdir -p "$work"/{lists/partial,archives/partial,sources,deb,root,gopath/src/k8s.io/kubernetes,out,tmp}
export TMPDIR=$work/tmp

# Package sources. A mirror configured on this machine is the one that is reachable from it; on another
# Debian release, that mirror is asked for this release instead; WAYMARK_DEBIAN_MIRROR names another one.
mirror=${WAYMARK_DEBIAN_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null \
  | grep -v '^[[:space:]]*#' | grep -oE 'https?://[^] ]*/debian/?( |$)' | head -n 1 | tr -d ' ' || true)}
[ -n "$mirror" ] || fail "no Debian mirror is configured on this machine: set WAYMARK_DEBIAN_MIRROR to the address of one, then start again"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || fail "Debian's signing keys are missing: install the package debian-archive-keyring"
cat >"$work/sources/debian.sources" <<SOURCES
Types: deb deb-src
URIs: $mirror
Suites: $suite
Components: main
Signed-By: $keyring
SOURCES
apt() {
  apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/sources" \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work" -o Dir::Cache::Archives="$work/archives" \
    -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

say 'reading the package lists'
apt update >&2 || fail "the package lists of $mirror could not be read: check this machine's network, then start again"

say 'downloading etcd, Go and the Kubernetes source (about 160 MB)'
(cd "$work/deb" && apt download etcd-server golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev \
  && apt source --download-only kubernetes) >&2 || fail 'the packages could not be downloaded: check the network, then start again'

say 'unpacking'
for package in "$work"/deb/*.deb; do dpkg -x "$package" "$work/root"; done
install -m 755 "$work/root/usr/bin/etcd" "$work/out/etcd"
tar -xzf "$work"/deb/kubernetes_*.orig.tar.gz --strip-components=1 -C "$work/gopath/src/k8s.io/kubernetes"
rm -rf "$work/deb" "$work/archives" "$work/lists"

# Debian's Go tree links from lib to share with relative links, so it works where it was unpacked.
export GOROOT=$work/root/usr/lib/go-1.19
export PATH=$GOROOT/bin:$PATH GOPATH=$work/gopath GOCACHE=$work/gocache
export GO111MODULE=off GOFLAGS='' GOPROXY=off GOSUMDB=off CGO_ENABLED=0 GOTOOLCHAIN=local
cd "$work/gopath/src/k8s.io/kubernetes"

say 'preparing the source'
# The vendored reflect2 reads the runtime's internals as they were before Go 1.18, and the API server dies
# on the first custom resource definition. Debian packages a later one.
rm -rf vendor/github.com/modern-go/reflect2
cp -r "$work/root/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/
# The hollow node: room for a real number of pods (64 cores, 256 GiB), and no server. Its kubelet would listen
# on every address and ask nobody for credentials; nothing here talks to it, as it has no logs and no exec.
replace() { # file, expression: an edit that changes nothing would go unnoticed until somebody relies on it
  cp "$1" "$work/tmp/before"
  sed -i -E "$2" "$1"
  ! cmp -s "$1" "$work/tmp/before" || fail "the Kubernetes source is not the one this script knows: $1 has no match for $2"
}
fake=pkg/kubelet/cadvisor/testing/cadvisor_fake.go
replace "$fake" 's/(fakeNumCores +=) 1$/\1 64/'
replace "$fake" 's/(fakeMemoryCapacity +=) [0-9]+/\1 274877906944/'
replace pkg/kubemark/hollow_kubelet.go 's/c\.EnableServer = true/c.EnableServer = false/'
replace pkg/kubemark/hollow_kubelet.go 's/c\.Address = "0\.0\.0\.0"/c.Address = "127.0.0.1"/'
# Its scratch files, which may hold what Secrets hold, and its socket go where TMPDIR says: /tmp is everybody's.
replace test/utils/tmpdir.go 's/"io\/ioutil"/&\n\t"os"/; s/baseDir = "\/tmp"/baseDir = os.TempDir()/'
replace pkg/kubelet/cri/remote/fake/endpoint.go \
  's/^package fake$/&\n\nimport "os"/; s/return defaultUnixEndpoint,/return "unix:\/\/" + os.TempDir() + "\/runtime.sock",/'

say 'generating the OpenAPI definitions'
# Debian's source archive leaves the generated file out.
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen >&2 || fail 'the OpenAPI generator could not be built: see the log'
inputs=$(grep -rlE --include='*.go' '^// ?\+k8s:openapi-gen=true' pkg staging/src/k8s.io vendor/k8s.io/kube-openapi \
  | xargs -n 1 dirname | sort -u | grep -vE '/testdata|/test/|sample-|code-generator|/examples/' \
  | sed -E 's#^staging/src/#vendor/#; s#^#k8s.io/kubernetes/#' | paste -sd, -)
"$work/openapi-gen" --output-file-base zz_generated.openapi --input-dirs "$inputs" \
  --output-package k8s.io/kubernetes/pkg/generated/openapi \
  --go-header-file vendor/k8s.io/code-generator/hack/boilerplate.go.txt \
  --report-filename "$work/violations" >&2 || fail 'the OpenAPI definitions could not be generated: see the log'

stamp='-s -w'
for package in component-base/version client-go/pkg/version; do
  for value in "gitVersion=v$version" gitMajor=1 gitMinor=20 gitTreeState=archive; do
    stamp="$stamp -X k8s.io/kubernetes/vendor/k8s.io/$package.$value"
  done
done
for binary in $binaries; do
  say "compiling $binary"
  go build -ldflags "$stamp" -o "$work/out/$binary" "./cmd/$binary" >&2 || fail "$binary could not be compiled: see the log"
done

printf 'Kubernetes %s and etcd, built from Debian %s by build-from-debian.sh on %s\n' "$version" "$suite" "$(date -u +%FT%TZ)" >"$work/out/ORIGIN"
sync "$work"/out/* 2>/dev/null || true
mv -T "$work/out" "$target"
echo 'done'
