<?php
// Prints the routes that Symfony's loader of attributes makes of each controller, with the lines of their methods.
use Symfony\Component\Routing\Loader\AnnotationClassLoader;
use Symfony\Component\Routing\Route;

$library = null;
foreach (['/usr/share/php/Symfony/Component/Routing/autoload.php', 'Symfony/Component/Routing/autoload.php'] as $file) {
    if ($library === null && stream_resolve_include_path($file)) {
        $library = $file;
        require $file;
    }
}
spl_autoload_register(function (string $class) {
    // The loader only names these two of Symfony's other components.
    if ($class === 'Symfony\Component\Config\Loader\LoaderInterface') {
        eval('namespace Symfony\Component\Config\Loader; interface LoaderInterface {}');
    } elseif ($class === 'Symfony\Component\Config\Loader\LoaderResolverInterface') {
        eval('namespace Symfony\Component\Config\Loader; interface LoaderResolverInterface {}');
    } elseif ($class === 'Symfony\Component\Config\Resource\FileResource') {
        eval('namespace Symfony\Component\Config\Resource; class FileResource implements ResourceInterface { function __construct($f) {} function __toString(): string { return ""; } }');
    } elseif ($class === 'Symfony\Component\Config\Resource\ResourceInterface') {
        eval('namespace Symfony\Component\Config\Resource; interface ResourceInterface {}');
    }
});
foreach (['Base', 'Blog', 'Home', 'Shop'] as $name) {
    require __DIR__ . "/src/Controller/{$name}Controller.php";
}

$loader = new class (null) extends AnnotationClassLoader {
    protected function configureRoute(Route $route, ReflectionClass $class, ReflectionMethod $method, object $annot): void
    {
        $route->setOption('at', $method);
    }
};
$rows = [];
foreach (['Blog', 'Home', 'Shop'] as $name) {
    foreach ($loader->load("App\\Controller\\{$name}Controller") as $route) {
        $at = $route->getOption('at');
        $lines = file($at->getFileName());
        for ($line = $at->getStartLine(); !str_contains($lines[$line - 1], 'function '); $line++);
        foreach ($route->getMethods() ?: ['ANY'] as $method) {
            $rows[] = [$method, $route->getPath(), substr($at->getFileName(), strlen(__DIR__) + 1), $line];
        }
    }
}
echo json_encode($rows), "\n";
