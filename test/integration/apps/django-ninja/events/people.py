from ninja import Router

router = Router()

for name in ("first", "last"):

    @router.get(f"/{name}")
    def person(request):
        return {}
