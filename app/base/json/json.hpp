// nlohmann's JSON, its two kinds compiled once (json.cpp) and not in every file that uses them: it was
// seconds of each. For .cpp files only.
#pragma once

#include <nlohmann/json.hpp>

// NOLINTBEGIN(readability-identifier-naming): the library's own
namespace nlohmann {
extern template class basic_json<>;
extern template class basic_json<ordered_map>;
namespace detail {
extern template class serializer<json>;
extern template class serializer<ordered_json>;
extern template class parser<json, iterator_input_adapter<const char*>>;
extern template class parser<ordered_json, iterator_input_adapter<const char*>>;
extern template class lexer<json, iterator_input_adapter<const char*>>;
extern template class lexer<ordered_json, iterator_input_adapter<const char*>>;
} // namespace detail
} // namespace nlohmann
// NOLINTEND(readability-identifier-naming)
