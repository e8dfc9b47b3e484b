from ninja import Router

router = Router()


@router.get("/")
def list_events(request):
    return []


@router.put("/{event_id}")
@router.get("{event_id}/details")
def event(request, event_id: int):
    return {}
