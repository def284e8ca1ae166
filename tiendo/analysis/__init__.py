"""Pure numerics: intervals, seeded draws, agreement between judges. It knows no plan, no Django, no database."""
