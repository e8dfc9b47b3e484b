from uuid import UUID

from litestar import get, patch, put

from .base import CrudController


class UserController(CrudController):
    path = "/users"

    @get("/{user_id:uuid}", name="user")
    async def one(self, user_id: UUID) -> str:
        return ""

    @put(path=["/{user_id:uuid}", "/me"])
    async def replace(self, user_id: UUID | None = None) -> None:
        return None

    @patch("/{user_id:uuid}/")
    async def change(self, user_id: UUID) -> None:
        return None
