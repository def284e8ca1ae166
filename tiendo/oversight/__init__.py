"""What is done about the facts: supervision, inspections, difficulties, directions, amendments, and their registers.

A unit proposes, says what is in its way, and carries out what it is told; the coordinator consolidates and forwards;
the decision-maker decides; inspectors look. Every word that asks something of somebody ends as a follow-up item.

Not here: the facts themselves (`plans`, `reporting`, `indicators`, `budget`), units through time (`orgs`), urging about
late reports and tasks (`reporting`), scores and audits of claims (`evaluation`), which stand above.
"""
