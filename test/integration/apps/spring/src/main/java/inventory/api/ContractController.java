package inventory.api;

import org.springframework.stereotype.Controller;

@Controller
class ContractController implements Contract {
  public String ab(int count) { return ""; }
}
