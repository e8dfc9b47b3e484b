package inventory;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Prints what Spring's own mappings hold: method, path, class and the line of the first statement (0 for functions). */
public class Table {
  static final List<String> rows = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    var context = new AnnotationConfigApplicationContext("inventory");
    var mapping = new RequestMappingHandlerMapping();
    mapping.setApplicationContext(context);
    mapping.afterPropertiesSet();
    for (var entry : mapping.getHandlerMethods().entrySet()) {
      var methods = entry.getKey().getMethodsCondition().getMethods();
      var handler = entry.getValue().getMethod();
      for (var path : entry.getKey().getPatternValues()) {
        for (var method : methods.isEmpty() ? List.of("ANY") : methods) {
          row(method.toString(), path, handler.getDeclaringClass().getName(), lineOf(handler));
        }
      }
    }
    for (var function : context.getBeansOfType(RouterFunction.class).values()) function.accept(new Functions());
    System.out.println("[" + String.join(",", rows) + "]");
  }

  static void row(String method, String path, String owner, int line) {
    var file = owner.isEmpty() ? "" : "src/main/java/" + owner.replaceAll("\\$.*", "").replace('.', '/') + ".java";
    rows.add("[\"%s\",\"%s\",\"%s\",%d]".formatted(method, path.replace("\\", "\\\\"), file, line));
  }

  static int lineOf(java.lang.reflect.Method wanted) throws Exception {
    var owner = wanted.getDeclaringClass();
    int[] found = {0};
    try (InputStream bytes = owner.getResourceAsStream("/" + owner.getName().replace('.', '/') + ".class")) {
      new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9) {
        @Override
        public MethodVisitor visitMethod(int access, String name, String signature, String generic, String[] exceptions) {
          if (!name.equals(wanted.getName()) || !signature.equals(Type.getMethodDescriptor(wanted))) return null;
          return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitLineNumber(int line, Label start) {
              if (found[0] == 0) found[0] = line;
            }
          };
        }
      }, 0);
    }
    return found[0];
  }

  static class Functions implements RouterFunctions.Visitor {
    final Deque<String> prefixes = new ArrayDeque<>();

    @Override
    public void startNested(RequestPredicate predicate) {
      prefixes.addLast(new Conditions(predicate).path);
    }

    @Override
    public void endNested(RequestPredicate predicate) {
      prefixes.removeLast();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
      var conditions = new Conditions(predicate);
      row(conditions.method, String.join("", prefixes) + conditions.path, "", 0);
    }

    @Override
    public void resources(Function<ServerRequest, Optional<Resource>> lookup) {}

    @Override
    public void attributes(java.util.Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> function) {}
  }

  static class Conditions implements RequestPredicates.Visitor {
    String method = "ANY";
    String path = "";

    Conditions(RequestPredicate predicate) {
      predicate.accept(this);
    }

    @Override
    public void method(Set<HttpMethod> methods) {
      method = methods.iterator().next().name();
    }

    @Override
    public void path(String pattern) {
      path = path + pattern;
    }

    @Override
    public void pathExtension(String extension) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void param(String name, String value) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void startOr() {}

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}
  }
}
