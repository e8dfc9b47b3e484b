from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView
from django.contrib.auth.models import Group, User


class Quiet:
    def retrieve(self, request, *args, **kwargs):
        return Response({})


class UserViewSet(Quiet, viewsets.ModelViewSet):
    queryset = User.objects.all()
    http_method_names = ["get", "post", "patch", "head"]

    def list(self, request):
        return Response([])

    @action(detail=True, methods=["post"], url_path="set-password")
    def set_password(self, request, pk=None):
        return Response({})

    @action(detail=False)
    def recent(self, request):
        return Response([])

    @recent.mapping.post
    def make_recent(self, request):
        return Response([])

    @action(methods=["GET", "DELETE"], detail=True, url_path=r"keys/(?P<key>[^/.]+)")
    def key(self, request, pk=None, key=None):
        return Response({})

    def invite(self, request):
        return Response({})


class MemberViewSet(mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet):
    lookup_field = "slug"
    queryset = Group.objects.all()


class TagViewSet(viewsets.ReadOnlyModelViewSet):
    lookup_field = "name"
    lookup_url_kwarg = "tag"
    lookup_value_regex = "[a-z]+"
    queryset = Group.objects.all()


class LogViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response([])

    def retrieve(self, request, pk=None):
        return Response({})


class NoteViewSet(viewsets.ViewSet):
    def create(self, request):
        return Response({})


@api_view(["GET", "POST"])
@permission_classes([AllowAny])
def ping(request):
    return Response({})


@api_view()
def status(request):
    return Response({})


class Orders(generics.ListCreateAPIView):
    queryset = Group.objects.all()


class Order(generics.RetrieveUpdateDestroyAPIView):
    queryset = Group.objects.all()

    def put(self, request, pk):
        return Response({})


class Basket(APIView):
    def get(self, request):
        return Response({})

    def patch(self, request):
        return Response({})
