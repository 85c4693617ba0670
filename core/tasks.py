"""Work that nobody waits for, in a thread of the process that asked for it.

Wagtail's own tasks (the search index, who refers to whom) are done at once, on the backend ``default``. E-mail is sent
on the backend ``mail``: here, or by a worker of its own (``TASKS_BACKEND`` in the settings).
"""

import threading

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult
from django_tasks.exceptions import InvalidTaskError

_lock = threading.Lock()
_turn = threading.Lock()
_waiting: set[str] = set()


class InThreadBackend(ImmediateBackend):
    """Runs tasks one after another beside the requests of this process: an answer waits for none of them.

    A task that waits for its turn already isn't put behind itself again, so it takes no arguments. A process that ends
    finishes what it began and leaves what waits to the clock; one that is killed leaves all to it.
    """

    def _execute_task(self, task_result: TaskResult) -> None:
        if task_result.args or task_result.kwargs:
            raise InvalidTaskError("This backend takes tasks without arguments.")
        with _lock:
            if task_result.task.module_path in _waiting:
                return
            _waiting.add(task_result.task.module_path)
        threading.Thread(target=self._take_turn, args=[task_result], name="tasks").start()

    def _take_turn(self, task_result: TaskResult) -> None:
        has_waited = not _turn.acquire(blocking=False)
        if has_waited:
            _turn.acquire()
        try:
            with _lock:
                _waiting.discard(task_result.task.module_path)
            if has_waited and not threading.main_thread().is_alive():
                return  # the process ends: what it began is enough to wait for
            super()._execute_task(task_result)
        finally:
            connections.close_all()  # this thread's own
            _turn.release()
