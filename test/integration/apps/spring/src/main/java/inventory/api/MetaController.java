package inventory.api;

@Api
class MetaController {
  @ApiGet("/x")
  String x() { return ""; }
}
