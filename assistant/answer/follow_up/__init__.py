"""The rules by which a follow-up becomes one full question; ``assistant.answer.rewrite`` tries them in order."""
