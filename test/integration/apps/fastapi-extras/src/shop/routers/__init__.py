from .admin import AdminAPI
from .base import PrefixedRouter
from .users import router as users_router

__all__ = ["AdminAPI", "PrefixedRouter", "users_router"]
