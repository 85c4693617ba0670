"""gunicorn's settings: threads, because a long download outlives a sync worker's time-out; no line about a visitor."""

import multiprocessing

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = multiprocessing.cpu_count()
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
# No max_requests: a worker that is replaced waits half a minute, then cuts every download that it is still sending.
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = "core.serverlog.VisitorlessLogger"
control_socket_disable = True
wsgi_app = "campaign.wsgi:application"
