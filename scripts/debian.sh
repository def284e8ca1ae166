# Sourced by the other scripts: Debian packages, installed only when what they bring is absent.

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "Cần quyền quản trị để cài gói Debian: hãy cài sudo, hoặc chạy lại lệnh này bằng tài khoản root."
        return 1
    fi
}

# need PACKAGE PROOF: PROOF is a command or a file that the package brings. The proof decides, not apt's exit code:
# apt also fails over packages that are not ours. What apt says is shown only when the proof is still absent.
need() {
    bring "$1" "$2" && return
    say "Không cài được gói Debian “$1” (không thấy “$2”). Hãy kiểm tra kết nối tới kho gói Debian," \
        "hoặc tự cài bằng lệnh: apt-get install $1 — rồi chạy lại."
    exit 1
}

# wish PACKAGE PROOF WHAT: as need, but without the package only WHAT is left out, and that is said.
wish() {
    bring "$1" "$2" || say "Không có gói Debian “$1”, nên bỏ qua: $3."
}

bring() {
    local package=$1 proof=$2 said
    has "$proof" && return
    say "Cài gói Debian: $package"
    said=$(install_package "$package" 2>&1) || true
    hash -r
    if ! has "$proof"; then
        say "$(tail -n 20 <<<"$said")"
        return 1
    fi
    package_lists_fresh=1
}

install_package() {
    [ -n "${package_lists_fresh:-}" ] || as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$1"
}

has() {
    case $1 in
        */*) compgen -G "$1" >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}
