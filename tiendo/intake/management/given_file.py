"""The file a command was given: its bytes, or one sentence why there are none."""

from pathlib import Path

from django.utils.translation import gettext as _

from tiendo.intake.reading import Unreadable
from tiendo.plans.files import DEFAULT_LIMIT, too_large


def bytes_of(path: Path) -> bytes:
    """The content of the file; its size is looked at before a byte is read.

    Raises Unreadable for a path that leads to no readable file.
    """
    try:
        if path.is_dir():
            raise Unreadable(_("“{name}” là thư mục; hãy chỉ rõ một tệp.").format(name=path))
        if path.stat().st_size > DEFAULT_LIMIT:
            raise Unreadable(too_large())
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(_("Không tìm thấy tệp “{name}”; hãy kiểm tra lại đường dẫn.").format(name=path)) from None
    except (OSError, ValueError):
        raise Unreadable(_("Không mở được tệp “{name}”; hãy kiểm tra quyền đọc.").format(name=path)) from None
