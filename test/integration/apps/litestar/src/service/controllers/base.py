from litestar import Controller, delete, get


class CrudController(Controller):
    @get()
    async def list_all(self) -> list[str]:
        return []

    @delete("/{item_id:int}")
    async def remove(self, item_id: int) -> None:
        return None
