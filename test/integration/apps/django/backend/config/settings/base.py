SECRET_KEY = "only for a test"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"]
ROOT_URLCONF = "config.urls"
API_PREFIX = "api"
USE_TZ = True
