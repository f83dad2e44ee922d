#include "app/base/json/json.hpp"

namespace nlohmann {
template class basic_json<>;
template class basic_json<ordered_map>;
namespace detail {
template class serializer<json>;
template class serializer<ordered_json>;
template class parser<json, iterator_input_adapter<const char*>>;
template class parser<ordered_json, iterator_input_adapter<const char*>>;
template class lexer<json, iterator_input_adapter<const char*>>;
template class lexer<ordered_json, iterator_input_adapter<const char*>>;
} // namespace detail
} // namespace nlohmann
