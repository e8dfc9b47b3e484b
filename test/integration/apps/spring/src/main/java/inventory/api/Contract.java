package inventory.api;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

@RequestMapping("/contract")
public interface Contract {
  @RequestMapping(
      value = {"/a", "b"},
      method = {RequestMethod.GET, RequestMethod.POST})
  String ab(@RequestParam(defaultValue = "3") int count);
}
