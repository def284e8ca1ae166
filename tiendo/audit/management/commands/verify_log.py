"""`tiendo verify_log`: recompute the chain where it is stored and say in one sentence whether it holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.audit.chain import SENTENCES
from tiendo.audit.queries import find_break, head


class Command(BaseCommand):
    help = gettext_noop("Kiểm tra chuỗi băm của nhật ký trong cơ sở dữ liệu.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_break()
        if found is not None:
            raise CommandError(_(SENTENCES[found.kind]) % {"seq": found.seq})
        now = head()
        sentence = _("Chuỗi nguyên vẹn: %(count)d mục, đầu chuỗi %(head)s.")
        self.stdout.write(sentence % {"count": now.seq, "head": now.hash})
