from django.views.generic import DetailView, ListView, UpdateView, View


class Base(ListView):
    def get(self, request):
        return None


class ItemList(Base):
    def post(self, request):
        return None


class ItemDetail(DetailView):
    pass


class ItemUpdate(UpdateView):
    def get(self, request, pk):
        return None


class Cart(View):
    def get(self, request):
        return None

    def put(self, request):
        return None


def checkout(request, **kwargs):
    return None
