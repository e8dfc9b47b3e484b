package inventory;

public interface Paths {
  String ROOT = "/pets";
  String ITEM = ROOT + "/item";
}
