from fastapi import APIRouter

router = APIRouter(prefix="/reviews")


@router.get("/")
def reviews(item_id: str):
    return [item_id]


@router.patch("/{review_id:int}")
@router.put("/{review_id:int}")
def change(item_id: str, review_id: int):
    return {"item": item_id, "review": review_id}
