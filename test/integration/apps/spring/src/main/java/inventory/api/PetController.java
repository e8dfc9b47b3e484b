package inventory.api;

import static inventory.Paths.ITEM;

import inventory.Paths;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping({Paths.ROOT, "/animals"})
public class PetController extends Base<String, Long> {
  private static final String OWN = "own";
  private final Map<String, String> cache = Map.of();

  @ApiGet(OWN + "/{uid}")
  public String own(@PathVariable("uid") UUID uid) { return cache.get("/not/a/route"); }

  @Override
  public void remove(Long id) { cache.clear(); }

  @PostMapping
  public String make() { return ""; }

  @PutMapping(path = "/{n:\\d{2}}/{*rest}")
  public String put(@PathVariable int n) { return ""; }

  @GetMapping(ITEM)
  @ResponseBody
  public String item() { return ""; }

  @RequestMapping("/any")
  public String any() { return ""; }
}
