// One row per meeting and pair of representatives of two different parties.
// Parameters, null where not wanted: $person $state $with $topic (IRIs), $since $until (ISO days),
// $formatOf $statusOf (strings), $agreedOnly ('true'). Without $statusOf: held.
// The meetings are chosen first, by the parameter that leaves the fewest to look at; what is listed of
// each comes last, so that nothing is grouped.
OPTIONAL MATCH (asked:Topic)<-[:BROADER*0..9]-(narrower:Topic)
WHERE asked.iri = $topic
WITH collect(DISTINCT narrower.iri) AS within
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $person
  RETURN m
  UNION
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $with AND $person IS NULL
  RETURN m
  UNION
  MATCH (one:State)
  WHERE one.iri IN [$state, $with] AND $person IS NULL
  WITH one.iri AS rarer, COUNT { (one)-[:PARTY_TO]->() } AS meetings ORDER BY meetings LIMIT 1
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = rarer
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = coalesce($state, $with) AND $person IS NULL
  RETURN m
  UNION
  MATCH (one:Topic)<-[:BROADER*0..9]-(:Topic)<-[:DISCUSSED]-(m:Meeting)
  WHERE one.iri = $topic AND coalesce($person, $state, $with) IS NULL
  RETURN m
  UNION
  UNWIND CASE WHEN coalesce($person, $state, $with, $topic) IS NULL AND $agreedOnly IS NOT NULL THEN [1] ELSE [] END AS all
  MATCH (:AgendaItem {treatment: 'agreed'})<-[:AGENDA_ITEM]-(m:Meeting)
  RETURN m
  UNION
  UNWIND CASE WHEN coalesce($person, $state, $with, $topic, $agreedOnly) IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)
  WHERE $formatOf IS NULL OR m.format = $formatOf
  RETURN m
}
WITH m, within
WHERE (($statusOf IS NULL AND m.status = 'held') OR $statusOf = 'all' OR m.status = $statusOf)
  AND ($formatOf IS NULL OR m.format = $formatOf)
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
  AND ($agreedOnly IS NULL OR EXISTS { (m)-[:AGENDA_ITEM]->(:AgendaItem {treatment: 'agreed'}) })
  AND ($topic IS NULL OR EXISTS { MATCH (m)-[:DISCUSSED]->(t:Topic) WHERE t.iri IN within })
WITH m
MATCH (m)<-[x:ATTENDED|REPRESENTED_AT]-(a)
WHERE x.role <> 'attendee' AND ($person IS NULL OR a.iri = $person)
  AND ($person IS NOT NULL OR $state IS NULL OR $state ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')))
WITH m, a, x
MATCH (m)<-[y:ATTENDED|REPRESENTED_AT]-(b)
WHERE y.role <> 'attendee' AND a.iri <> b.iri
  AND coalesce(x.onBehalfOf, a.iri) <> coalesce(y.onBehalfOf, b.iri)
  AND ($person IS NOT NULL OR $state IS NOT NULL OR coalesce(x.onBehalfOf, '~') < coalesce(y.onBehalfOf, '~')
    OR (coalesce(x.onBehalfOf, '~') = coalesce(y.onBehalfOf, '~') AND a.iri < b.iri))
  AND ($person IS NULL OR $state IS NULL
    OR $state ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')) OR $state ENDS WITH ('/' + coalesce(y.onBehalfOf, '-')))
  AND ($with IS NULL OR b.iri = $with OR $with ENDS WITH ('/' + coalesce(y.onBehalfOf, '-'))
    OR ($person IS NULL AND $state IS NULL
      AND (a.iri = $with OR $with ENDS WITH ('/' + coalesce(x.onBehalfOf, '-')))))
WITH m, a, x, b, y
OPTIONAL MATCH (m)-[:HELD_IN]->(p:Place)
WITH m, a, x, b, y, p,
     [(m)-[:DISCUSSED]->(t:Topic) | t.name] AS discussed,
     [(m)-[:AGREED_ON]->(g:Topic) | g.name] AS settled,
     [(m)-[:PRODUCED]->(d:Document) WHERE d.title IS NOT NULL | d.title] AS titles
RETURN m.iri AS meeting, m.when AS date, m.endDate AS end_date,
       CASE WHEN a:Person THEN a.name END AS who, x.office AS who_office, x.onBehalfOf AS who_state,
       CASE WHEN b:Person THEN b.name END AS whom, y.office AS whom_office, y.onBehalfOf AS whom_state,
       p.name AS place, m.format AS format,
       reduce(found = [], one IN discussed | CASE WHEN one IN found THEN found ELSE found + [one] END)
         + coalesce(m.unmappedTopics, []) AS topics,
       reduce(found = [], one IN settled | CASE WHEN one IN found THEN found ELSE found + [one] END)
         + coalesce(m.unmappedAgreed, []) AS agreed,
       reduce(found = [], one IN titles | CASE WHEN one IN found THEN found ELSE found + [one] END) AS documents,
       COUNT { (m)-[:REPORTED_IN]->() } AS reports, m.status AS status
ORDER BY m.date DESC, meeting, who_state, who, whom_state, whom
