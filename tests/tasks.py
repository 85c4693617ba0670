"""What is done after every save, the search index, who refers to whom, and e-mail, is done for tests that ask for it.

It is more than half of what saving a page costs. A test that looks at either has the mark ``tasks``, and so has every
test with the whole demo.
"""

from django_tasks.backends.immediate import ImmediateBackend


class TasksWhenAsked(ImmediateBackend):
    """Runs a task at once, as in production, or not at all."""

    running = True

    def enqueue(self, task, args, kwargs):
        """Run ``task``, if tasks are run now."""
        return super().enqueue(task, args, kwargs) if self.running else None
