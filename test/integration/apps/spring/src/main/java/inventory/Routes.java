package inventory;

import static org.springframework.web.servlet.function.RequestPredicates.*;
import static org.springframework.web.servlet.function.RouterFunctions.*;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration
public class Routes {
  @Bean
  RouterFunction<ServerResponse> shop() {
    return route()
        .GET("/shop/{id}", this::one)
        .nest(
            path("/in"),
            in ->
                in.POST("/make", accept(MediaType.APPLICATION_JSON), this::one)
                    .path("/deep", deep -> deep.DELETE("/x", request -> ServerResponse.ok().build())))
        .build();
  }

  @Bean
  RouterFunction<ServerResponse> old() {
    return route(GET("/old").and(accept(MediaType.TEXT_PLAIN)), this::one).andRoute(PUT("/old"), this::one);
  }

  private ServerResponse one(ServerRequest request) {
    return ServerResponse.ok().build();
  }
}
