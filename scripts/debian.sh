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
# apt also fails over packages that are not ours.
need() {
    local package=$1 proof=$2
    has "$proof" && return
    say "Cài gói Debian: $package"
    if [ -z "${package_lists_fresh:-}" ]; then
        as_root apt-get update -qq >&2 || say "Không cập nhật được danh sách gói Debian; vẫn thử cài tiếp."
        package_lists_fresh=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=120 "$package" >&2 || true
    hash -r
    if ! has "$proof"; then
        say "Không cài được gói Debian “$package” (không thấy “$proof”). Hãy kiểm tra kết nối tới kho gói Debian," \
            "hoặc tự cài bằng lệnh: apt-get install $package — rồi chạy lại."
        exit 1
    fi
}

has() {
    case $1 in
        */*) compgen -G "$1" >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}
