from typing import Annotated

from fastapi import Depends, Query
from fastapi_utils.cbv import cbv
from fastapi_utils.inferring_router import InferringRouter

router = InferringRouter()


def page(limit: int = 10):
    return limit


@cbv(router)
class Users:
    limit: int = Depends(page)

    @router.get("/")
    def list_users(self, q: Annotated[str | None, Query()] = None) -> list[str]:
        return [q or ""]

    @router.put("/{user_id}")
    def update(self, user_id: int) -> int:
        return user_id
