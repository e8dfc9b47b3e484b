from sanic.response import json
from sanic.views import HTTPMethodView


class CardView(HTTPMethodView):
    async def get(self, request, card: int):
        return json({"card": card})

    async def delete(self, request, card: int):
        return json({"card": card})


def plain(request):
    return json({})
