from ninja import NinjaAPI, Router

from events.api import router as events

api = NinjaAPI(docs_url=None, openapi_url=None)
nested = Router(tags=["nested"])

api.add_router("/events/", events)
api.add_router("people", "events.people.router")
events.add_router("/nested", nested)


@api.get("/add")
def add(request, a: int, b: int = 2):
    return {"result": a + b + int(request.GET.get("/c", 0))}


@api.api_operation(["POST", "PATCH"], "/both/{int:number}")
def both(request, number: int):
    return {}


@nested.delete("/all/{path:rest}")
def clear(request, rest: str):
    return {}


@api.post("/hidden", include_in_schema=False)
async def hidden(request):
    return {}
