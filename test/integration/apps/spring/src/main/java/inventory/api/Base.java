package inventory.api;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

public abstract class Base<T, K> {
  @GetMapping("/{id}")
  public T one(@PathVariable K id) { return null; }

  @DeleteMapping("/{id}")
  public abstract void remove(@PathVariable K id);
}
