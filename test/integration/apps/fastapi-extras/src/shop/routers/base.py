from fastapi import APIRouter


class PrefixedRouter(APIRouter):
    def __init__(self, name: str, **kwargs):
        super().__init__(prefix=f"/{name}", tags=[name], **kwargs)

    @classmethod
    def for_all(cls, *names):
        return [cls(name) for name in names]
