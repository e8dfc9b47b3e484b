SECRET_KEY = "only for a test"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "ninja"]
ROOT_URLCONF = "site_ninja.urls"
USE_TZ = True
