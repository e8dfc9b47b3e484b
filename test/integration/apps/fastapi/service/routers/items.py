from uuid import UUID

from fastapi import APIRouter, Query

from ..constants import ITEMS
from .reviews import router as reviews

router = APIRouter(prefix=ITEMS)


@router.get("")
async def items(limit: int = Query(10, le=100), q: str | None = None):
    return {"limit": limit, "q": q}


@router.get(
    "/{item_id}",
    response_model=None,
)
async def item(item_id: UUID):
    return {"id": item_id}


@router.delete("/{item_id}", status_code=204)
def remove(item_id: UUID) -> None:
    return None


router.include_router(reviews, prefix="/{item_id}")
