import os


class Config:
    API_ROOT = "/api"
    ADMIN_PATH = os.path.join(API_ROOT, "admin")


class Production(Config):
    DEBUG = False
