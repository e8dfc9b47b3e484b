from fastapi import APIRouter

router = APIRouter()


class Client:
    def get(self, path: str):
        return lambda function: function


client = Client()


@router.get("/users/{user}/files/{name:path}")
async def file(user: str, name: str):
    return {"user": user, "name": name}


@router.head("/users")
@router.options("/users")
def probe():
    return None


@client.get("/not-a-route")
def not_a_route():
    return None
